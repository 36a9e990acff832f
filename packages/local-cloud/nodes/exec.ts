import { execFile } from "node:child_process";

/** Administrators' tools live in sbin, which a user's PATH may lack. */
export const environment = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin`, LC_ALL: "C.UTF-8" };

const maxBuffer = 64 * 1024 * 1024;

/**
 * Runs a program to its end and returns what it wrote to standard output.
 * @throws when it can't be started or ends with a status other than 0; the message carries its standard error, and of
 * the command line what is not a whole script.
 */
export function run(argv: readonly string[], input = ""): Promise<string> {
  const [file = "", ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = execFile(file, args, { env: environment, maxBuffer }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const said = (stderr || stdout).trim().split("\n").slice(-5).join("\n") || error.message;
      const command = argv.map((word) => (word.includes("\n") ? "…" : word)).join(" ");
      reject(new Error(`${command}: ${said}`));
    });
    child.stdin?.on("error", () => {}); // the program may end without reading it
    child.stdin?.end(input);
  });
}
