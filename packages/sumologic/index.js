const pulumi = require("@pulumi/pulumi");
const { pulumi: plugin } = require("./package.json");
const resources = require("./resources");

/** The engine's reference to the plugin `terraform-provider` as parameterized for Sumo Logic. */
const packageRef = () =>
  pulumi.runtime.registerPackage({
    baseProviderName: plugin.name,
    baseProviderVersion: plugin.version,
    baseProviderDownloadUrl: "",
    packageName: plugin.parameterization.name,
    packageVersion: plugin.parameterization.version,
    base64Parameter: plugin.parameterization.value,
  });

const token = (name) => `sumologic:index/${name[0].toLowerCase()}${name.slice(1)}:${name}`;

/** What was given for the secret inputs is marked secret; what was not given stays out. */
function shield(values, secrets) {
  const given = secrets.filter((key) => values[key] !== undefined);
  return { ...values, ...Object.fromEntries(given.map((key) => [key, pulumi.secret(values[key])])) };
}

function resourceClass(name, { inputs, outputs = [], secrets = [] }) {
  const type = token(name);
  const named = {
    [name]: class extends pulumi.CustomResource {
      static __pulumiType = type;

      static get(name, id, state, opts) {
        return new this(name, state, { ...opts, id });
      }

      static isInstance(obj) {
        return obj?.__pulumiType === type;
      }

      constructor(name, args, opts) {
        // Outputs are named as well, so that the resource has them as properties while it is being made.
        const values = Object.fromEntries([...inputs, ...outputs].map((key) => [key, args?.[key]]));
        const options = pulumi.mergeOptions({ additionalSecretOutputs: secrets }, opts);
        super(type, name, shield(values, secrets), options, false, packageRef());
        // The engine answers with secrets; mocks don't.
        for (const key of secrets) this[key] = pulumi.secret(this[key]);
      }
    },
  };
  return named[name];
}

for (const [name, properties] of Object.entries(resources)) exports[name] = resourceClass(name, properties);

exports.Provider = class Provider extends pulumi.ProviderResource {
  static __pulumiType = "sumologic";

  static isInstance(obj) {
    return obj?.__pulumiType === "pulumi:providers:sumologic";
  }

  constructor(name, { accessId, accessKey, environment, baseUrl, adminMode }, opts) {
    const values = shield({ accessId, accessKey, environment, baseUrl }, ["accessKey"]);
    // A provider's configuration is made of strings.
    const inputs = { ...values, adminMode: pulumi.output(adminMode).apply(JSON.stringify) };
    const options = pulumi.mergeOptions({ additionalSecretOutputs: ["accessKey"] }, opts);
    super("sumologic", name, inputs, options, false, packageRef());
  }
};

for (const name of ["getPersonalFolder", "getAdminRecommendedFolder"]) {
  const type = `sumologic:index/${name}:${name}`;
  exports[name] = (args = {}, opts) => pulumi.runtime.invoke(type, args, opts, packageRef());
  exports[`${name}Output`] = (args = {}, opts) => pulumi.runtime.invokeOutput(type, args, opts, packageRef());
}
