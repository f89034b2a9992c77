export default class Default {
  work(): void {}
}
