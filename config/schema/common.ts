import { z } from "zod";

/*
 * What the fields carry beside zod's own checks, read by config/options.ts:
 * description, limits (in words, where zod's are a pattern), example, replaces, secret.
 */

/** A secret; rules check its form, as a plan may know only that there is one. */
export const secret = (description: string) => z.string().min(1).meta({ description, secret: true });

/** What an account has only once, so that just one stack may own it. */
export const once = (what: string) =>
  z
    .enum(["create", "existing", "none"])
    .default("create")
    .meta({
      description: `${what}, which an account has only once: \`create\` in one stack, \`existing\` in the others, \`none\` to do without.`,
    });

/** Text that may look like a number, as a version or a snapshot's id, which YAML then takes for one. */
export const textOrNumber = (pattern: RegExp) =>
  z.string().regex(pattern).or(z.number().positive().transform(String));

export const slug = textOrNumber(/^[a-z0-9][a-z0-9.-]*$/);

/** A path of the site, safe to stand in the configuration of any server. */
export const urlPath = z.string().regex(/^\/[\w.~/-]*$/);
export const urlPathLimits = "starts with / and holds letters, digits and . _ ~ / - only";

/** What a server fetches, and how it knows that it got the right one; its firewall lets it out on port 443. */
export const releaseUrl = z
  .url({ protocol: /^https$/ })
  .refine((text) => !URL.canParse(text) || new URL(text).port === "");
export const releaseUrlLimits = "an https address, without a port of its own";
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const sha256Limits = "64 hexadecimal digits in lower case, as `sha256sum` prints them";
