export enum Kind {
  Round = "round",
  Edgy = "edgy",
}
