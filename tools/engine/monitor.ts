import { runtime } from "@pulumi/pulumi";
import type {
  RegisterResourceHookRequest,
  RegisterResourceRequest,
  RegisterResourceResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { Hooks, type Objections } from "./hooks";
import type { Props } from "./props";
import { type Registration, registration } from "./registration";

/** What the SDK's mock runtime asks, with all that a program says of a resource. */
export interface Engine {
  /** The resource's id, empty in a preview, and its outputs. */
  register(resource: Registration, objections: Objections): Promise<{ id: string; outputs: Props }>;
  invoke(token: string, inputs: Props, provider: string): Promise<Props>;
}

export interface Stack {
  readonly project: string;
  readonly stack: string;
  readonly preview: boolean;
}

/**
 * Puts an engine behind the SDK's mock runtime; to be called before the program is loaded.
 * The mocks alone learn neither a resource's parent nor what is secret, so the request itself is kept at hand,
 * and the answer gets the URN that the real engine would give.
 */
export async function connect(engine: Engine, { project, stack, preview }: Stack): Promise<MockMonitor> {
  const hooks = new Hooks();
  // The mocks ask for what is made while the request is handed to them, so there is one at a time.
  let current: { readonly request: RegisterResourceRequest; readonly resource: Registration } | undefined;
  const mocks: runtime.Mocks = {
    newResource: async ({ type, name }) => {
      if (!current)
        throw new Error(`${name}: the embedded engine can't read existing resources, such as this ${type}.`);
      const { request, resource } = current;
      const made = await engine.register(resource, hooks.objections(request, resource));
      return { id: made.id, state: made.outputs };
    },
    call: ({ token, inputs, provider }) => engine.invoke(token, inputs, provider ?? ""),
  };
  await runtime.setMocks(mocks, project, stack, preview, "organization");

  const monitor = runtime.getMonitor() as unknown as MockMonitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = async (request: RegisterResourceRequest, callback: Callback) => {
    const resource = registration(request);
    current = request.getImportid() ? undefined : { request, resource };
    const answered = register(request, (error: Error | null, response?: RegisterResourceResponse) => {
      const known = response && monitor.resources.get(response.getUrn());
      if (known) monitor.resources.set(resource.urn, known);
      response?.setUrn(resource.urn);
      callback(error, response);
    });
    current = undefined;
    return answered;
  };
  const registerResourceHook = (
    hook: RegisterResourceHookRequest,
    callback: (error: Error | null) => void,
  ) => {
    hooks.add(hook);
    callback(null);
  };
  return Object.assign(monitor, { registerResourceHook });
}

type Callback = (error: Error | null, response?: RegisterResourceResponse) => void;
