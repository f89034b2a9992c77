// Components with types, contexts of their own and functions as children.
declare const React: any;
type Props = { onSave(): void; children?: unknown };
const Form = ({ onSave }: Props) => {
  onSave(); // calls: saveNote, saveTask, Counter.add; not: Row
  return <form />;
};
const saveNote = (): void => {};
const saveTask = (): void => {};
const note = <Form onSave={saveNote} />;
//           ^^^^^^^^^^^^^^^^^^^^^^^^^^ calls: Form; not: saveNote
const task = <Form onSave={saveTask} />;
//           ^^^^^^^^^^^^^^^^^^^^^^^^^^ calls: Form

function Row<T>({ item, draw }: { item: T; draw(item: T): unknown }) {
  return <tr>{draw(item)}</tr>;
  //          ^^^^^^^^^^ calls: drawCell; not: saveNote
}
const drawCell = (item: number) => <td>{item}</td>;
const row = <Row<number> item={1} draw={drawCell} />;
//          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ calls: Row
const rows = [1, 2].map((item) => <Row item={item} draw={drawCell} />);
//                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ calls: Row; not: Form

class Counter extends React.Component {
  step = () => this.add(); // calls: Counter.add
  add(): void {}
  render() {
    this.step(); // calls: Counter.step; not: Counter.add
    return <Form onSave={this.add} />;
    //     ^^^^^^^^^^^^^^^^^^^^^^^^^^ calls: Form
  }
}
const counter = <Counter />;
//              ^^^^^^^^^^^ calls: Counter.render; may: Counter.constructor
const Tools = { Form, nested: { Row } };
const deep = <Tools.nested.Row item={1} draw={drawCell} />;
//           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ calls: Row; not: Form
export {};
