import { nodes, privateZone, siteName } from "../derived";
import { shown } from "../faults";
import type { Rule } from "../rule";

/** A whole host name, by RFC 1035. */
const longestName = 253;

const siteLength: Rule = {
  compares: ["domain", "host"],
  check: (settings) => {
    const site = siteName(settings);
    return site.length <= longestName
      ? []
      : [
          {
            path: "host",
            value: shown(settings.host),
            limit: `${longestName} characters with the domain; ${site.length} now`,
            mend: "Shorten the host or the domain.",
          },
        ];
  },
};

const privateLength: Rule = {
  compares: ["domain", "pools"],
  check: (settings, { stack }) => {
    const labels = nodes(settings, stack).map(({ label }) => label.length);
    const length = Math.max(...labels) + 1 + privateZone(settings, stack).length;
    return length <= longestName
      ? []
      : [
          {
            path: "domain",
            value: shown(settings.domain),
            limit: `${longestName} characters with a server's name and .${stack}.internal. before it; ${length} now`,
            mend: "Choose a shorter domain, or shorter names for the stack and the pools.",
          },
        ];
  },
};

export const domainRules = [siteLength, privateLength];
