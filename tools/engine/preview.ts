import { runtime } from "@pulumi/pulumi";
import type { Backing } from "./execution";
import { type Made, nothingMade } from "./kind";
import type { Props } from "./props";
import { type Registration, secret } from "./registration";

/** What a preview knows of the outputs: the inputs, and which others will be secret. It asks nobody. */
export const preview: Backing = {
  preview: true,
  async make({ custom, inputs, secretOutputs }: Registration): Promise<Made> {
    if (!custom) return nothingMade;
    const hidden = secretOutputs.map((key) => [key, secret(runtime.unknownValue)]);
    return { id: "", outputs: { ...Object.fromEntries(hidden), ...inputs } };
  },
  async invoke(): Promise<Props> {
    return {};
  },
};
