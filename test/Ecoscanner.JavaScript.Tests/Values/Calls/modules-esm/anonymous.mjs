export default /* anonymous */ () => {};
