// What `this` is, is said by the call.
const door = {
  open() {
    this.creak(); // calls: door.creak; not: window.creak
  },
  creak() {},
};
const window = { open: null, creak() {} };
door.open(); // calls: door.open

function close() {
  this.creak(); // calls: door.creak, window.creak
}
door.close = close;
window.close = close;
door.close(); // calls: close
window.close(); // calls: close

const later = {
  wait() {
    const inner = () => this.done(); // calls: later.done; not: hidden.done
    inner();
  },
  done() {},
};
later.wait(); // calls: later.wait
const hidden = { done() {} };
hidden.done(); // calls: hidden.done

class Button {
  label = () => this.text(); // calls: Button.text
  text() {}
  click() {
    const that = this;
    (function () {
      that.text(); // calls: Button.text
    })();
  }
}
const { label } = new Button();
label(); // calls: Button.label
new Button().click(); // calls: Button.click

function Plain() {
  this.run = () => {};
  this.go = function () {
    this.run(); // calls: this.run
  };
}
new Plain().go(); // calls: this.go

exports.hello = function () {};
this.hello(); // calls: exports.hello
