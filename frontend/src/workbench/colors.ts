/** Black or white, whichever reads better on `color` (`#rrggbb`), by WCAG relative luminance. */
export function readableOn(color: string): "#fff" | "#14161a" {
  const channel = (at: number) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const light = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return light > 0.3 ? "#14161a" : "#fff";
}
