// Components are functions and classes that elements call.
function Title({ text, onShow }) {
  onShow?.(); // calls: shown; not: clicked
  return <h1>{text}</h1>;
}
function shown() {}
function clicked() {}
const Button = ({ onClick, children }) => {
  onClick(); // calls: clicked; not: shown
  return <button onClick={onClick}>{children}</button>;
};
class Panel extends React.Component {
  render() {
    this.prepare(); // calls: Panel.prepare; not: Other.prepare
    return this.props.draw(); // calls: drawn
  }
  prepare() {}
}
class Other extends React.Component {
  constructor(props) {
    super(props);
    this.prepare(); // calls: Other.prepare
  }
  prepare() {}
  render() {
    return null;
  }
}
function drawn() {
  return <i />;
}

const title = <Title text="a" />;
//            ^^^^^^^^^^^^^^^^^^ calls: Title; not: shown
const shownTitle = <Title onShow={shown} />;
//                 ^^^^^^^^^^^^^^^^^^^^^^^^ calls: Title; not: shown
const button = <Button onClick={clicked}>press</Button>;
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ calls: Button
const nested = <div><Title text="b" /></div>;
//                  ^^^^^^^^^^^^^^^^^^ calls: Title
const panel = <Panel draw={drawn} />;
//            ^^^^^^^^^^^^^^^^^^^^^^ calls: Panel.render; may: Panel.constructor
const other = <Other />;
//            ^^^^^^^^^ calls: Other.constructor, Other.render
const parts = { Title, Button };
const member = <parts.Title />;
//             ^^^^^^^^^^^^^^^ calls: Title; not: Button
const Chosen = Math.random() < 2 ? Title : Button;
const chosen = <Chosen />;
//             ^^^^^^^^^^ calls: Title, Button; unrun: Button
const props = { onShow: shown };
const spread = <Title {...props} />;
//             ^^^^^^^^^^^^^^^^^^^^ calls: Title
const List = ({ items, row }) => <ul>{items.map(row)}</ul>;
//                                    ^^^^^^^^^^^^^^ calls: asRow; not: clicked
const asRow = (item) => <Title text={item} />;
//                      ^^^^^^^^^^^^^^^^^^^^^ calls: Title
const list = <List items={["a"]} row={asRow} />;
//           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ calls: List; not: asRow
const Lazy = ({ children }) => children();
//                             ^^^^^^^^^^ calls: child; not: clicked
const lazy = <Lazy>{/* child */ () => null}</Lazy>;
//           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ calls: Lazy
const Both = ({ children }) => children[1]();
//                             ^^^^^^^^^^^^^ calls: secondChild; not: child
const both = <Both>text{/* secondChild */ () => null}</Both>;
//           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ calls: Both
const named = (Inner) => /* Outer */ (given) => <Inner {...given} />;
//                                              ^^^^^^^^^^^^^^^^^^^^ calls: Title; not: Button
const Wrapped = named(Title);
const wrapped = <Wrapped />;
//              ^^^^^^^^^^^ calls: Outer; not: Title
React.createElement(Title, { text: "c" }); // calls: Title
const fragment = <><Title text="d" /></>;
//                 ^^^^^^^^^^^^^^^^^^ calls: Title
const html = <input onChange={clicked} />;
