// What TypeScript adds to classes and functions.
interface Shape {
  area(): number;
}
abstract class Base implements Shape {
  constructor(protected readonly name: string, private readonly after: () => void) {
    this.after(); // calls: finish
  }
  abstract area(): number;
  describe(): string {
    return `${this.area()}`;
    //        ^^^^^^^^^^^ calls: Square.area, Circle.area; not: Hidden.area
  }
}
class Square extends Base {
  declare size: number;
  area(): number {
    return 1;
  }
}
class Circle extends Base {
  override area(): number {
    return 3;
  }
}
class Hidden {
  area(): number {
    return 0;
  }
}
function finish(): void {}

const square: Shape = new Square("square", finish); // calls: Base.constructor; may: Square.constructor
square.area(); // calls: Square.area; not: Circle.area, Hidden.area
new Square("square", finish).describe(); // calls: Base.describe
(new Circle("circle", finish) as Base).describe(); // calls: Base.describe
(<Shape>square).area(); // calls: Square.area
square!.area(); // calls: Square.area
(square satisfies Shape).area(); // calls: Square.area; not: Circle.area

function over(value: string): string;
function over(value: number): number;
function over(value: unknown): unknown {
  return value;
}
over(1); // calls: over
over("a"); // calls: over

function generic<T>(value: T, work: (value: T) => void): void {
  work(value); // calls: finish, log; not: over
}
generic<number>(1, finish); // calls: generic; not: finish
const log = (value: unknown): void => void value;
generic("a", log); // calls: generic
const typed = generic<number>;
typed(1, log); // calls: generic

class Service {
  constructor(private readonly store: { save(): void }) {}
  run(this: Service): void {
    this.store.save(); // calls: store.save; not: unusedStore.save
  }
}
const store = { save(): void {} };
const unusedStore = { save(): void {} };
unusedStore.save(); // calls: unusedStore.save
new Service(store).run(); // calls: Service.run
const optional: { work?: () => void } = { work: finish };
optional.work!(); // calls: finish
export {};
