import { useEffect, useState } from "preact/hooks";

/** The parts of the address behind the `#`, which are divided by slashes. */
export function useRoute(): readonly string[] {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return hash.slice(1).split("/").map(decodeURIComponent);
}
