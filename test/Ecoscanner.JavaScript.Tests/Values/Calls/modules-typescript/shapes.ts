export interface Shape {
  area(): number;
}
export type Size = number;
export class Square implements Shape {
  area(): number {
    return 1;
  }
}
export function area(shape: Shape): number {
  return shape.area(); // calls: Square.area; may: unknown; not: area
}
