import { text } from "../../tools/engine/props";
import { isUnknown } from "../resource";
import { each, type Rule } from "../rule";
import { droplet } from "../servers";

const tested = ["debian-12-x64"];

export const imageAllowed: Rule = {
  name: "image-allowed",
  holds: "Servers are made of an image that is tested, or of a snapshot of one's own.",
  reason: "What is installed is written for it; another image fails at boot, or later and less clearly.",
  fix: "Set image of the pool to debian-12-x64, or to the id of a snapshot.",
  check: each(droplet, ({ props: { image } }) => {
    const allowed = isUnknown(image) || tested.includes(text(image)) || /^\d+$/.test(text(image));
    return !allowed && `is made of ${text(image)}`;
  }),
};
