// Handlers in wrappers, as frameworks and apps have them.
function listIssues() {}
function deleteIssue() {}
function isAdmin() {
  return true;
}
function isUser() {
  return true;
}

function guard(check, handler) {
  return /* guarded */ function (request) {
    if (!check(request)) return; // calls: isAdmin, isUser; not: listIssues
    return handler(request); // calls: listIssues, deleteIssue; not: isAdmin, isUser
  };
}
const routes = {
  list: guard(isUser, listIssues), // calls: guard; not: listIssues
  remove: guard(isAdmin, deleteIssue), // calls: guard
};
routes.list({}); // calls: guarded
routes.remove({}); // calls: guarded

class Resolver {
  #functions = {};
  define(name, work) {
    this.#functions[name] = work;
    return this;
  }
  getDefinitions() {
    return /* resolve */ (name) => this.#functions[name](); // calls: showPage, savePage; not: neverDefined
  }
}
function showPage() {}
function savePage() {}
function neverDefined() {}
const handler = new Resolver().define("show", showPage).define("save", savePage).getDefinitions(); // calls: Resolver.getDefinitions
handler("show"); // calls: resolve; not: showPage
handler("save"); // calls: resolve
const other = new Resolver();
other.define("never", neverDefined);

class App {
  layers = [];
  use(...layers) {
    this.layers.push(...layers);
  }
  handle(request) {
    const run = (index) => {
      const layer = this.layers[index];
      if (layer) layer(request, /* goOn */ () => run(index + 1)); // calls: parse, authorize, answer; not: listIssues
      //                                         ^^^^^^^^^^^^^^ calls: run
    };
    run(0); // calls: run
  }
}
const parse = (request, next) => next(); // calls: goOn
const authorize = (request, next) => (isUser(request) ? next() : undefined);
//                                                      ^^^^^^ calls: goOn; not: run, answer
const answer = (request) => listIssues(); // calls: listIssues
const app = new App();
app.use(parse, authorize); // calls: App.use; not: parse
app.use(answer);
app.handle({}); // calls: App.handle; not: answer

const asyncHandler = (work) => (request, next) => Promise.resolve(work(request)).catch(next);
//                                                                ^^^^^^^^^^^^^ calls: listIssues; not: deleteIssue
asyncHandler(listIssues)({}, () => {});
const withRetry = (work, times) => {
  try {
    return work(); // calls: deleteIssue; not: listIssues
  } catch {
    return withRetry(work, times - 1);
  }
};
withRetry(deleteIssue, 3); // calls: withRetry
const debounce = (work) => {
  let timer;
  return /* debounced */ (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), 1);
    //                       ^^^^^^^^^^^^^^ calls: showPage; not: savePage
  };
};
debounce(showPage)(); // calls: debounced; not: showPage
const services = { issues: { list: listIssues }, pages: { show: showPage } };
const service = (name) => services[name];
service("issues").list(); // calls: listIssues; not: showPage
const inject = (names, work) => work(...names.map((name) => services[name]));
inject(["pages"], (pages) => pages.show()); // calls: inject
//                           ^^^^^^^^^^^^ calls: showPage; not: listIssues
const proxied = Object.fromEntries(Object.entries(services.issues).map(([name, work]) => [name, /* traced */ () => work()]));
//                                                                                                                 ^^^^^^ calls: listIssues; not: showPage
proxied.list(); // calls: traced; not: listIssues
