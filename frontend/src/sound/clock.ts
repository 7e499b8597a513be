/** Milliseconds as a clock shows them: 83456 is 1:23.456, 3600000 is 1:00:00.000; `digits` of the thousandths. */
export function clock(ms: number, digits = 3): string {
  const unit = 10 ** (3 - digits);
  const rounded = Math.round(ms / unit) * unit;
  const seconds = Math.floor(rounded / 1000);
  const two = (n: number) => String(n).padStart(2, "0");
  const part =
    digits > 0
      ? `.${String(rounded % 1000)
          .padStart(3, "0")
          .slice(0, digits)}`
      : "";
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}${part}`;
}
