import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "local-cloud/nodes/exec";

const builder = "go.opentelemetry.io/collector/cmd/builder@v0.145.0";
const manifest = join(__dirname, "builder.yaml");

export const hasGo = (): Promise<boolean> =>
  run(["go", "version"]).then(
    () => true,
    () => false,
  );

/** Builds the agent of published Go modules and puts the program where it is wanted. It takes minutes. */
export async function buildAgent(program: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "agent-"));
  try {
    await copyFile(manifest, join(folder, "builder.yaml"));
    // Run as it is on the servers, whose C library may be another.
    const build = `cd "$1" && CGO_ENABLED=0 go run ${builder} --config=builder.yaml`;
    await run(["sh", "-euc", build, "build", folder]);
    await copyFile(join(folder, "built/otelcol-contrib"), program);
  } finally {
    await rm(folder, { recursive: true });
  }
}
