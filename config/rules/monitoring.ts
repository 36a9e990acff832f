import { type Fault, shown } from "../faults";
import type { Rule } from "../rule";
import { isFalling } from "../schema/thresholds";
import { isUnknownSecret, UNKNOWN_SECRET } from "../secret";

const ordered: Rule = {
  compares: ["monitoring.thresholds"],
  check: ({ monitoring }) =>
    Object.entries(monitoring.thresholds).flatMap(([name, { warning, critical }]) => {
      const falling = isFalling(name);
      if (falling ? warning > critical : warning < critical) return [];
      return [
        {
          path: `monitoring.thresholds.${name}.warning`,
          value: shown(warning),
          limit: `${falling ? "more" : "less"} than critical, ${critical}`,
          mend: falling
            ? "Raise the warning, or lower critical: a warning comes first."
            : "Lower the warning, or raise critical: a warning comes first.",
        },
      ];
    }),
};

const folderGiven: Rule = {
  compares: ["monitoring.folder", "monitoring.folderId", "monitoring.parentFolderId"],
  check: ({ monitoring: { folder, folderId, parentFolderId } }) => {
    const faults: Fault[] = [];
    if (folder === "existing" && folderId === undefined)
      faults.push({
        path: "monitoring.folderId",
        value: shown(folderId),
        limit: "needed with monitoring.folder existing",
        mend: "Set it to the folder's id, which Sumo Logic shows in the folder's menu, or set monitoring.folder to create.",
      });
    if (folder !== "existing" && folderId !== undefined)
      faults.push({
        path: "monitoring.folderId",
        value: shown(folderId),
        limit: `nothing with monitoring.folder ${folder}`,
        mend: "Remove it, or set monitoring.folder to existing.",
      });
    if (folder !== "create" && parentFolderId !== undefined)
      faults.push({
        path: "monitoring.parentFolderId",
        value: shown(parentFolderId),
        limit: `nothing with monitoring.folder ${folder}`,
        mend: "Remove it, or set monitoring.folder to create.",
      });
    return faults;
  },
};

const safeAddresses: Rule = {
  compares: [],
  check: ({ monitoring: { notifications } }) =>
    (["slack", "webhook"] as const).flatMap((name) => {
      const url = notifications[name]?.url;
      return url === undefined ||
        isUnknownSecret(url) ||
        (URL.canParse(url) && new URL(url).protocol === "https:")
        ? []
        : [
            {
              path: `monitoring.notifications.${name}.url`,
              value: UNKNOWN_SECRET,
              limit: "an https address",
              mend: "Copy the webhook's address again.",
            },
          ];
    }),
};

export const monitoringRules = [ordered, folderGiven, safeAddresses];
