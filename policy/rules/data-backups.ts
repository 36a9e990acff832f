import { each, type Rule } from "../rule";

export const dataBackups: Rule = {
  name: "data-backups",
  holds: "The database is one that is backed up.",
  reason:
    "DigitalOcean's backups of a droplet leave its volumes out, and a replica repeats a wrong DELETE faithfully.",
  fix: "Set database.backups.enabled, with a key to Spaces; or database.mode to managed, which has daily backups.",
  unless: "Data that can be made anew needs no backup.",
  check: each(
    "digitalocean:Volume",
    (_, resources) =>
      resources.of("digitalocean:SpacesBucket").length === 0 && "holds data that nothing backs up",
  ),
};
