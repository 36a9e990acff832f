import { each, type Rule } from "../rule";

export const dataProtected: Rule = {
  name: "data-protected",
  holds: "What holds data is protected from deletion.",
  reason: "A replacement, a rename or a destroy in the wrong stack would delete it for good.",
  fix: "Set protect on it: environment production does.",
  unless: "A stack that comes and goes has to be deletable.",
  check: each(
    [
      "digitalocean:DatabaseCluster",
      "digitalocean:DatabaseDb",
      "digitalocean:SpacesBucket",
      "digitalocean:Volume",
    ],
    ({ protect }) => !protect && "holds data and is not protected",
  ),
};
