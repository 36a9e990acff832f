/** How many colours the style sheet has for lines. */
const colours = 8;

/** Class that gives the line of an index its colour. */
export const swatch = (index: number): string => `line-${index % colours}`;

/** A colour of the style sheet as it is at present, for what is drawn on a canvas. */
export function colour(name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

export const lineColour = (index: number): string => colour(swatch(index));

/** A colour that lets through what is behind it. @param share from 0 to 1. */
export const faded = (solid: string, share: number): string =>
  solid.replace(/^rgb\((.*)\)$/, `rgba($1, ${share})`);
