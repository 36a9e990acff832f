import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  type AnalyzeDiagnostic,
  type AnalyzeResponse,
  AnalyzerPropertyDependencies,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Resource } from "../../../policy/resource";
import type { Recorded } from "./support";

/** The pack in a process of its own, as the CLI starts it and talks to it. */
export class Pack {
  private constructor(
    private readonly process: ChildProcess,
    private readonly client: AnalyzerClient,
  ) {}

  /** Starts the pack for a stack with this configuration. */
  static async start(stack: string, values: Readonly<Record<string, string>>): Promise<Pack> {
    const folder = join(__dirname, "../../../policy");
    const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
    const child = spawn(process.execPath, [runner, "127.0.0.1:0", folder], {
      cwd: folder,
      env: {
        ...process.env,
        PULUMI_NODEJS_PROJECT: "web-infra",
        PULUMI_NODEJS_STACK: stack,
        PULUMI_CONFIG: JSON.stringify(values),
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const port = await Promise.race([
      once(createInterface({ input: child.stdout }), "line"),
      once(child, "exit").then(([code]) =>
        Promise.reject(new Error(`The pack ended with exit code ${code}.`)),
      ),
    ]);
    return new Pack(child, new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure()));
  }

  /** What it has to say of a stack. */
  async analyze({ resources }: Recorded): Promise<AnalyzeDiagnostic[]> {
    const request = new AnalyzeStackRequest().setResourcesList(resources.map(message));
    const call = promisify<AnalyzeStackRequest, AnalyzeResponse>(this.client.analyzeStack.bind(this.client));
    return (await call(request)).getDiagnosticsList();
  }

  async stop(): Promise<void> {
    this.client.close();
    if (this.process.kill()) await once(this.process, "exit");
  }
}

function message({
  urn,
  type,
  name,
  parent,
  custom,
  props,
  protect,
  dependsOn,
  from,
}: Resource): AnalyzerResource {
  const sent = new AnalyzerResource()
    .setUrn(urn)
    .setType(type)
    .setName(name)
    .setParent(parent ?? "")
    .setProperties(Struct.fromJavaScript(props))
    .setOptions(new AnalyzerResourceOptions().setProtect(protect))
    .setDependenciesList([...dependsOn]);
  if (custom) sent.setProvider(new AnalyzerProviderResource().setProperties(new Struct()));
  for (const [key, urns] of Object.entries(from)) {
    sent.getPropertydependenciesMap().set(key, new AnalyzerPropertyDependencies().setUrnsList([...urns]));
  }
  return sent;
}
