import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Visitor } from "local-cloud/nodes/visitors";

/** Serves one file over HTTPS on port 443, whatever is asked for; what it takes comes by its environment. */
const program = `
const { CERTIFICATE: cert, KEY: key, FILE } = process.env;
require("node:https")
  .createServer({ cert, key }, (_, response) => response.end(Buffer.from(FILE, "base64")))
  .listen(443, "0.0.0.0", () => console.log("ready"));
`;

/** Starts one on the internet of the machines. It ends with the network. */
export async function serveRelease(
  { command }: Visitor,
  { certificate, privateKey }: { readonly certificate: string; readonly privateKey: string },
  file: Buffer,
): Promise<ChildProcess> {
  const [first = "", ...args] = command([process.execPath, "-e", program]);
  const env = { ...process.env, CERTIFICATE: certificate, KEY: privateKey, FILE: file.toString("base64") };
  const server = spawn(first, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  await once(server.stdout, "data");
  return server;
}
