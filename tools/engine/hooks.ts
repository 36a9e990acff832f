import { credentials } from "@grpc/grpc-js";
import { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb";
import { CallbackInvokeRequest, type CallbackInvokeResponse } from "@pulumi/pulumi/proto/callback_pb";
import {
  type RegisterResourceHookRequest,
  type RegisterResourceRequest,
  ResourceHookRequest,
  ResourceHookResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Registration } from "./registration";

/** Asks the program's hooks whether a resource may be changed from what it was; their errors, none where it may. */
export type Objections = (before: Registration) => Promise<readonly string[]>;

/** The hooks that a program registers, asked as the real engine asks them in a preview. */
export class Hooks {
  private readonly known = new Map<string, RegisterResourceHookRequest>();

  add(hook: RegisterResourceHookRequest): void {
    this.known.set(hook.getName(), hook);
  }

  /** Of the resource that is registered by this request. */
  objections(request: RegisterResourceRequest, { urn, type, name }: Registration): Objections {
    return async (before) => {
      const names = request.getHooks()?.getBeforeUpdateList() ?? [];
      const asked = names.flatMap((one) => this.known.get(one) ?? []).filter((hook) => hook.getOnDryRun());
      const question = new ResourceHookRequest()
        .setUrn(urn)
        .setType(type)
        .setName(name)
        .setOldInputs(Struct.fromJavaScript(before.inputs))
        .setNewInputs(request.getObject());
      const answers = await Promise.all(asked.map((hook) => ask(hook, question)));
      return answers.filter((error) => error !== "");
    };
  }
}

/** A hook is called back at the server that the SDK has opened for it in the program's process. */
async function ask(hook: RegisterResourceHookRequest, question: ResourceHookRequest): Promise<string> {
  const callback = hook.getCallback();
  const client = new CallbacksClient(callback?.getTarget() ?? "", credentials.createInsecure());
  const request = new CallbackInvokeRequest()
    .setToken(callback?.getToken() ?? "")
    .setRequest(question.serializeBinary());
  try {
    const response = await new Promise<CallbackInvokeResponse>((resolve, reject) => {
      client.invoke(request, (error, answer) => (error ? reject(error) : resolve(answer)));
    });
    return ResourceHookResponse.deserializeBinary(response.getResponse_asU8()).getError();
  } finally {
    client.close();
  }
}
