const object = {
  run() {
    this.stop(); // calls: object.stop
  },
  stop() {},
};
export default object;
