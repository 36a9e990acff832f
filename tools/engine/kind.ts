import { camel, object, type Props, text } from "./props";
import type { Api } from "./rest";

/** What a provider answers when it has made a resource. */
export interface Made {
  readonly id: string;
  readonly outputs: Props;
}

/** Of components, which no provider makes. */
export const nothingMade: Made = { id: "", outputs: {} };

/** Makes one kind of resource from its inputs. */
export type Maker = (inputs: Props, api: Api) => Promise<Made>;

/** Answers a function of a provider. */
export type Invoke = (inputs: Props, api: Api) => Promise<Props>;

export interface Collection {
  /** Where the resource is posted; what is posted there is then read at `<path>/<id>`. */
  readonly path: string | ((inputs: Props) => string);
  /** Key that holds the object in the answer; absent: the answer is the object. */
  readonly wrap?: string;
  readonly body: (inputs: Props, api: Api) => Props | Promise<Props>;
  /** Whether the object is of use yet; absent: at once. */
  readonly ready?: (made: Props) => boolean;
  /** The resource's id; the object's by default. */
  readonly id?: (made: Props, inputs: Props) => string;
  /** Outputs that are neither inputs nor the object's own properties. */
  readonly outputs?: (made: Props, inputs: Props) => Props;
}

/** The maker of what is simply posted to a collection and, where that takes its time, waited for. */
export function posted(collection: Collection): Maker {
  const unwrap = (answer: Props) => (collection.wrap ? object(answer[collection.wrap]) : answer);
  return async (inputs, api) => {
    const path = typeof collection.path === "string" ? collection.path : collection.path(inputs);
    let made = unwrap(await api.call("POST", path, await collection.body(inputs, api)));
    const { id, ready } = { id: text(made.id), ready: collection.ready };
    if (ready) {
      const read = async () => unwrap(await api.call("GET", `${path}/${id}`));
      made = await api.until(read, ready, `${path}/${id}`);
    }
    return {
      id: collection.id?.(made, inputs) ?? id,
      outputs: { ...camel(made), ...inputs, ...collection.outputs?.(made, inputs) },
    };
  };
}
