/** Points and rectangles, in whatever pixels the caller says. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Rect extends Point {
  readonly w: number;
  readonly h: number;
}
