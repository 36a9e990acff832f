import { isExpired } from "../exemptions";
import type { Rule } from "../rule";

export const exemptionsCurrent: Rule = {
  name: "exemptions-current",
  holds: "No exemption has expired.",
  reason: "An exemption is for a while; one that stays is a rule that nobody knows.",
  fix: "Mend what it allowed and take it out of policy/exemptions.yaml, or agree on a new day.",
  check: (_resources, { exemptions, now }) =>
    exemptions
      .filter((exemption) => isExpired(exemption, now))
      .map(({ rule, expires }) => ({ message: `has an exemption from ${rule} that expired on ${expires}` })),
};
