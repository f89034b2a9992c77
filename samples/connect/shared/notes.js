// The samples' whole database: one table of notes on issues, a row { clientKey, issue, text }.
class Notes {
  #rows = [];

  add(row) {
    this.#rows.push(row);
  }

  where(criteria) {
    return this.#rows.filter(row => matches(row, criteria));
  }

  remove(criteria) {
    this.#rows = this.#rows.filter(row => !matches(row, criteria));
  }
}

const matches = (row, criteria) => Object.entries(criteria).every(([column, value]) => row[column] === value);

module.exports = { Notes };
