// Declarations are there before what is written above them; values are not.
try {
  early(); // calls: early
} catch {}
function early() {
  return later(); // calls: later
}
var later = () => {};
early(); // calls: early

var twice;
function twice() {}
twice(); // calls: twice

function replaced() {}
replaced(); // calls: replaced; not: replacement
replaced = function replacement() {};
replaced(); // calls: replacement; not: replaced

{
  inBlock(); // calls: inBlock
  function inBlock() {}
}
inBlock(); // calls: inBlock

function outer() {
  return nested(); // calls: nested
  function nested() {}
}
outer(); // calls: outer

function shadowed() {}
function scope() {
  const shadowed = /* local */ () => {};
  shadowed(); // calls: local; not: shadowed
}
scope(); // calls: scope
shadowed(); // calls: shadowed; not: local
