import { type Maker, posted } from "../kind";
import { type Json, list, object, type Props, text } from "../props";

/** Buckets, and the keys that open them. */
export const spaces: Readonly<Record<string, Maker>> = {
  SpacesKey: posted({
    path: "/v2/spaces/keys",
    wrap: "key",
    body: ({ name = "", grants = [] }) => ({ name, grants }),
    id: (key) => text(key.access_key),
  }),
  SpacesBucket: async (inputs, api) => {
    const name = text(inputs.name);
    const region = text(inputs.region) || "nyc3";
    const location = `<LocationConstraint>${region}</LocationConstraint>`;
    await api.call("PUT", `/${name}`, element("CreateBucketConfiguration", location));
    if (object(inputs.versioning).enabled === true)
      await api.call(
        "PUT",
        `/${name}?versioning`,
        element("VersioningConfiguration", "<Status>Enabled</Status>"),
      );
    const rules = list(inputs.lifecycleRules).map((rule) => lifecycleRule(object(rule)));
    if (rules.length > 0)
      await api.call("PUT", `/${name}?lifecycle`, element("LifecycleConfiguration", rules.join("")));
    const endpoint = `${region}.digitaloceanspaces.com`;
    const bucketDomainName = `${name}.${endpoint}`;
    return {
      id: name,
      outputs: { ...inputs, region, endpoint, bucketDomainName, bucketUrn: `do:space:${name}` },
    };
  },
};

function lifecycleRule(rule: Props): string {
  const days = (name: string, element: string, value: Json | undefined) =>
    value === undefined ? "" : `<${name}><${element}>${text(value)}</${element}></${name}>`;
  return element(
    "Rule",
    [
      `<ID>${text(rule.id)}</ID><Filter><Prefix>${text(rule.prefix)}</Prefix></Filter>`,
      `<Status>${rule.enabled === true ? "Enabled" : "Disabled"}</Status>`,
      days("Expiration", "Days", object(rule.expiration).days),
      days("NoncurrentVersionExpiration", "NoncurrentDays", object(rule.noncurrentVersionExpiration).days),
      days("AbortIncompleteMultipartUpload", "DaysAfterInitiation", rule.abortIncompleteMultipartUploadDays),
    ].join(""),
  );
}

const element = (name: string, content: string): string => `<${name}>${content}</${name}>`;
