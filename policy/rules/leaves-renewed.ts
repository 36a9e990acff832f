import { each, type Rule } from "../rule";

export const leavesRenewed: Rule = {
  name: "leaves-renewed",
  holds: "Certificates of the internal authority are renewed 30 days or more before their end.",
  reason:
    "The provider renews one only when it runs within that time; without it the first sign is an outage.",
  fix: "Set earlyRenewalHours to 720 or more, and less than validityPeriodHours.",
  check: each("tls:LocallySignedCert", ({ props }) => {
    const early = Number(props.earlyRenewalHours ?? 0);
    if (early < 30 * 24) return `is renewed ${early} hours before its end`;
    return (
      early >= Number(props.validityPeriodHours) && "is renewed at every run: it is due from its first hour"
    );
  }),
};
