import { z } from "zod";
import { releaseUrl, releaseUrlLimits, sha256, sha256Limits } from "./common";

/** Contrib 0.145.0. Its makers' own list of checksums was out of reach; a public package formula has this one. */
const release = {
  url: "https://github.com/open-telemetry/opentelemetry-collector-releases/releases/download/v0.145.0/otelcol-contrib_0.145.0_linux_amd64.tar.gz",
  sha256: "3d7f326c860ba32ee752e6703116ef6a1406b8161f282b0ce295c67ce841c236",
};

export const agent = z
  .strictObject({
    url: releaseUrl.meta({
      description: "Archive (`.tar.gz`) with the program `otelcol-contrib`.",
      limits: releaseUrlLimits,
      example: release.url,
    }),
    sha256: sha256.meta({
      description: "SHA-256 of the archive; a server refuses any other.",
      limits: sha256Limits,
      example: release.sha256,
    }),
  })
  .default(release)
  .meta({
    description:
      "The monitoring agent: the OpenTelemetry Collector, version 0.145.0 of its contrib distribution.",
    replaces: "every server",
  });
