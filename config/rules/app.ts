import { shown } from "../faults";
import { pathText } from "../paths";
import { reservedPorts, reservedVariables } from "../reserved";
import type { Rule } from "../rule";
import { UNKNOWN_SECRET } from "../secret";

const freePort: Rule = {
  compares: [],
  check: ({ app: { port } }) => {
    const owner = reservedPorts[port];
    return owner === undefined
      ? []
      : [
          {
            path: "app.port",
            value: shown(port),
            limit: `none of ${Object.keys(reservedPorts).join(", ")}; this one is for ${owner}`,
            mend: "Leave it out for the default, 8443, or choose another.",
          },
        ];
  },
};

const freeVariables: Rule = {
  compares: [],
  check: ({ app: { environment } }) =>
    Object.keys(environment)
      .filter((name) => reservedVariables.some((pattern) => pattern.test(name)))
      .map((name) => ({
        path: pathText(["app", "environment", name]),
        value: UNKNOWN_SECRET,
        limit: "a name that the program does not set itself",
        mend: "Remove it, or give it another name: the program tells the application its port, certificate and database.",
      })),
};

export const appRules = [freePort, freeVariables];
