import type { Access } from "../account";
import type { StackConfig } from "../engine/stackfile";
import { pulumi } from "./state";

/** Where the stack's accounts are and how to get in: from its configuration, else from the environment, as the providers do. */
export function accessOf(directory: string, config: StackConfig): Access {
  const setting = (key: string, ...variables: string[]): string | undefined => {
    if (config.secrets.includes(key))
      return pulumi(directory, "config", "get", key, "--stack", config.stack).trim();
    return config.values[key] ?? variables.map((name) => process.env[name]).find((value) => value);
  };
  const required = (key: string, ...variables: string[]): string => {
    const value = setting(key, ...variables);
    if (value) return value;
    throw new Error(
      `${key} is not set: set it in the stack's configuration, or ${variables[0]} in the environment.`,
    );
  };
  const environment = setting("sumologic:environment", "SUMOLOGIC_ENVIRONMENT");
  return {
    digitalocean: {
      endpoint: setting("digitalocean:apiEndpoint", "DIGITALOCEAN_API_URL") ?? "https://api.digitalocean.com",
      token: required("digitalocean:token", "DIGITALOCEAN_TOKEN", "DIGITALOCEAN_ACCESS_TOKEN"),
    },
    sumologic: {
      endpoint:
        setting("sumologic:baseUrl", "SUMOLOGIC_BASE_URL") ??
        `https://api.${environment && environment !== "us1" ? `${environment}.` : ""}sumologic.com/api/`,
      accessId: required("sumologic:accessId", "SUMOLOGIC_ACCESSID"),
      accessKey: required("sumologic:accessKey", "SUMOLOGIC_ACCESSKEY"),
    },
  };
}
