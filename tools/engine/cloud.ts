import type { Backing } from "./execution";
import { type Made, nothingMade } from "./kind";
import type { Props } from "./props";
import type { Provider } from "./provider";
import { hidden, plain, type Registration } from "./registration";

/** Makes resources in the local clouds. */
export class Cloud implements Backing {
  readonly preview = false;

  constructor(private readonly provider: Provider) {}

  async make(resource: Registration): Promise<Made> {
    if (!resource.custom) return nothingMade;
    const inputs = plain(resource.inputs) as Props;
    if (resource.type.startsWith("pulumi:providers:")) {
      this.provider.configure(`${resource.urn}::${resource.name}`, inputs);
      return { id: resource.name, outputs: resource.inputs };
    }
    const made = await this.provider.create({ ...resource, inputs });
    return { id: made.id, outputs: hidden(made.outputs, resource) };
  }

  invoke(token: string, inputs: Props, provider: string): Promise<Props> {
    return this.provider.invoke(token, inputs, provider);
  }
}
