// Decorators are called with what they stand before, and may put something in its place.
type Method = (this: unknown, ...given: unknown[]) => unknown;
function logged(method: Method, context: unknown): Method {
  return /* withLog */ function (this: unknown, ...given: unknown[]) {
    return method.apply(this, given); // calls: Service.run
  };
}
function sealed(target: unknown, context: unknown): void {}
function tag(name: string) {
  return /* tagger */ (target: unknown, context: unknown): void => {};
}
function field(value: undefined, context: unknown) {
  return /* initialize */ (given: unknown) => given;
}
function replace<T>(target: T, context: unknown): T {
  return (/* replacement */ () => {}) as T;
}

@sealed
class Service {
  @logged run() {}
//^^^^^^^ calls: logged; not: sealed
  @tag("a") walk() {}
//^^^^^^^^^ calls: tagger; not: tag
  @field size = 1;
//^^^^^^ calls: field
  @replace stop() {}
//^^^^^^^^ calls: replace; not: logged
}
const service = new Service();
service.run(); // calls: withLog; may: Service.run
service.walk(); // calls: Service.walk
service.stop(); // calls: replacement; may: Service.stop
  @sealed class Other {}
//^^^^^^^ calls: sealed; not: logged
class Made {
  @tag("b") work() {}
// ^^^^^^^^ calls: tag
}
new Other(); // calls: Other.constructor
new Made().work(); // calls: Made.work
export {};
