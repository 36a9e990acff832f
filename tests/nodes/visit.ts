import { request as plainRequest } from "node:http";
import { type RequestOptions, request } from "node:https";
import type { Live } from "../../tools/live";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

type Wishes = Pick<RequestOptions, "method" | "headers"> & { readonly body?: string };

/** Asks the site through the balancer, over HTTPS with the chain verified. */
export function visit({ site, authority }: Live, path: string, wishes: Wishes = {}): Promise<Answer> {
  const { host, port } = site;
  const name = new URL(site.url).hostname;
  return ask(
    request,
    { host, port, path, servername: name, ca: authority, ...withHost(wishes, name) },
    wishes.body,
  );
}

/** Asks the balancer's port 80. */
export function visitPlain({ nodes, balancerId, site }: Live, path: string): Promise<Answer> {
  const at = nodes.balancerAddress(balancerId, 80);
  if (!at) throw new Error("Port 80 of the balancer is not served.");
  return ask(plainRequest, { ...at, path, ...withHost({}, new URL(site.url).hostname) });
}

const withHost = ({ method, headers }: Wishes, host: string) => ({ method, headers: { ...headers, host } });

function ask(send: typeof request, options: RequestOptions, body = ""): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = send({ ...options, agent: false, timeout: 20_000 }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
    });
    asked.on("timeout", () => asked.destroy(new Error("no answer in time")));
    asked.on("error", reject).end(body);
  });
}
