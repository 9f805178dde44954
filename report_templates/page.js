"use strict";
/* Sliders for the weights of the groups: ranks the forms anew in the page itself.
   The score of a form is the sum over the groups of weight times value, as in the program. It
   can be anything from the lowest to the highest. */
(() => {
  const TIE = 1e-12;
  const lang = document.documentElement.lang;
  const written = (options) => new Intl.NumberFormat(lang, {...options, roundingMode: "halfEven"});
  const points = written({minimumFractionDigits: 1, maximumFractionDigits: 1});
  const percent = written({style: "percent", maximumFractionDigits: 0});
  const listing = new Intl.ListFormat(lang);

  const read = (row) => ({
    row,
    place: row.cells[0],
    label: row.cells[1].textContent,
    bars: [...row.querySelectorAll("rect")],
    total: row.cells[3],
    order: Number(row.dataset.order),
    excluded: row.classList.contains("excluded"),
    values: row.dataset.values.split(" ").map(Number),
    low: row.dataset.low.split(" ").map(Number),
    high: row.dataset.high.split(" ").map(Number),
  });

  /* Until a slider is moved its group has the weight of the advice, which need not be whole. */
  const weights = (inputs) => {
    const stated = inputs.map((one) =>
      one.value === one.defaultValue ? Number(one.dataset.weight) : one.valueAsNumber / 100);
    const sum = stated.reduce((total, one) => total + one, 0);
    return stated.map((one) => (sum ? one / sum : 0));
  };

  const before = (one, other) =>
    one.excluded - other.excluded
    || (Math.abs(other.score - one.score) > TIE ? other.score - one.score : one.order - other.order);

  const draw = (form, shares) => {
    let at = 0;
    form.bars.forEach((bar, group) => {
      const width = 100 * shares[group] * form.values[group];
      bar.setAttribute("x", `${at.toFixed(3)}%`);
      bar.setAttribute("width", `${width.toFixed(3)}%`);
      at += width;
    });
    const [low, high] = form.ends.map((end) => points.format(100 * end));
    form.total.textContent = low === high ? low : `${low}\u2013${high}`;
  };

  const rank = (forms, shares) => {
    const competing = forms.filter((one) => !one.excluded);
    const counts = shares.some(Boolean);
    for (const one of forms) {
      [one.score, ...one.ends] = [one.values, one.low, one.high].map((values) =>
        shares.reduce((total, share, group) => total + share * values[group], 0));
      draw(one, shares);
    }
    for (const one of competing) {
      one.rank = 1 + competing.filter((other) => other.score > one.score + TIE).length;
      one.place.textContent = counts ? one.rank : "–";
    }
    return competing.filter((one) => one.rank === 1).sort(before);
  };

  const sentence = (texts, shares, best) => {
    if (!best.length) return texts.none;
    if (!shares.some(Boolean)) return texts.zero;
    return texts.first.replace("{forms}", () => listing.format(best.map((one) => one.label)));
  };

  for (const figure of document.querySelectorAll("[data-scores]")) {
    const controls = figure.querySelector(".sliders");
    const standing = figure.querySelector(".standing");
    const inputs = [...controls.querySelectorAll("input")];
    const outputs = controls.querySelectorAll("output");
    const body = figure.querySelector("tbody");
    const forms = [...body.rows].map(read);

    const update = () => {
      const shares = weights(inputs);
      const said = sentence(standing.dataset, shares, rank(forms, shares));
      shares.forEach((share, group) => {
        outputs[group].textContent = percent.format(share);
        inputs[group].setAttribute("aria-valuetext", percent.format(share));
      });
      body.append(...forms.sort(before).map((one) => one.row));
      if (standing.textContent !== said) standing.textContent = said;
    };
    controls.addEventListener("input", update);
    controls.querySelector("button").addEventListener("click", () => {
      for (const one of inputs) one.value = one.defaultValue;
      update();
    });
    controls.hidden = false;
  }
})();
/* What is folded away is on paper all the same. */
addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll("details:not([open])")) {
    one.open = true;
    one.dataset.folded = "";
  }
});
addEventListener("afterprint", () => {
  for (const one of document.querySelectorAll("details[data-folded]")) {
    one.open = false;
    delete one.dataset.folded;
  }
});
