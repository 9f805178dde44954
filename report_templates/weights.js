"use strict";
/* Sliders for the weights of the groups: ranks the forms anew in the drawing itself.
   The score of a form is the sum over the groups of weight times value, as in the program. It
   can be anything from the lowest to the highest. `data-live` has the values, in the order of the
   rows as drawn; a drawing has its bars, the numbers in them and the totals in three layers. */
(() => {
  const TIE = 1e-12;
  const GAP = 6;
  const lang = document.documentElement.lang;
  /* As the program rounds: half away from zero, in the fourteen digits that a sum leaves alone. */
  const written = (options) => {
    const {format} = new Intl.NumberFormat(lang, options);
    return {format: (value) => format(Number(value.toPrecision(14)))};
  };
  const points = written({minimumFractionDigits: 1, maximumFractionDigits: 1});
  const whole = written({maximumFractionDigits: 0});
  const percent = written({style: "percent", maximumFractionDigits: 0});
  const listing = new Intl.ListFormat(lang);

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

  const place = (element) => element.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
  const move = (element, x, y) => element.setAttribute("transform", `translate(${x},${y})`);

  /* A drawing as rows, each with what is drawn of one form. */
  const read = (svg, count, groups) => {
    const layer = (at) => [...svg.querySelector(`.layer_${at}_marks`).children];
    const [bars, numbers, totals] = [0, 1, 2].map(layer);
    const label = [...svg.querySelectorAll(".role-axis-label")].map((one) => [...one.children])
      .find((own) => own.every((one) => one.getAttribute("text-anchor") === "end"));
    const sizes = bars.map((bar) => bar.getAttribute("d").match(/-?[\d.]+/g).map(Number));
    return [...Array(count).keys()].map((row) => {
      const part = (list) => list.slice(row * groups, (row + 1) * groups);
      const [, y, , height] = part(sizes)[0];
      const widths = (told) => part(sizes)
        .filter((_, at) => Boolean(part(numbers)[at].textContent) === told).map((one) => one[2]);
      return {
        bars: part(bars), numbers: part(numbers), total: totals[row], label: label[row],
        y, height, long: part(sizes).reduce((sum, one) => sum + one[2], 0),
        offset: place(label[row])[1] - y, middle: place(totals[row])[1] - y,
        shown: widths(true), hidden: widths(false),
      };
    });
  };

  const draw = (drawing, forms, ranked, shares) => {
    const {rows, unit, least} = drawing;
    ranked.forEach((form, slot) => {
      const row = rows[forms.indexOf(form)];
      const {y} = rows[slot];
      let at = 0;
      row.bars.forEach((bar, group) => {
        const width = unit * shares[group] * form.values[group];
        bar.setAttribute("d", `M${at},${y}h${width}v${row.height}h${-width}Z`);
        move(row.numbers[group], at + width / 2, y + row.middle);
        row.numbers[group].textContent =
          width < least ? "" : whole.format(100 * shares[group] * form.values[group]);
        at += width;
      });
      move(row.total, at + GAP, y + row.middle);
      const [low, high] = form.ends.map((end) => points.format(100 * end));
      row.total.textContent = low === high ? low : `${low}\u2013${high}`;
      move(row.label, place(row.label)[0], y + row.offset);
    });
  };

  const sentence = (texts, shares, best) => {
    if (!best.length) return texts.none;
    if (!shares.some(Boolean)) return texts.zero;
    return texts.first.replace("{forms}", () => listing.format(best.map((one) => one.label)));
  };

  for (const figure of document.querySelectorAll("[data-live]")) {
    const {forms} = JSON.parse(figure.dataset.live);
    const controls = figure.querySelector(".sliders");
    const standing = figure.querySelector(".standing");
    const inputs = [...controls.querySelectorAll("input")];
    const outputs = controls.querySelectorAll("output");
    const stated = inputs.map((one) => Number(one.dataset.weight));
    const scored = (form, shares, values) =>
      shares.reduce((total, share, group) => total + share * form[values][group], 0);
    const drawings = [...figure.querySelectorAll(".sliders ~ svg, .sliders ~ * svg")].map((svg) => {
      const rows = read(svg, forms.length, inputs.length);
      const all = rows.reduce((sum, one) => sum + one.long, 0);
      const worth = forms.reduce((sum, one) => sum + scored(one, stated, "values"), 0);
      /* Halfway between the narrowest bar with a number and the widest without one. */
      const shown = Math.min(...rows.flatMap((one) => one.shown));
      const hidden = Math.max(0, ...rows.flatMap((one) => one.hidden));
      return {rows, unit: worth ? all / worth : 0, least: (shown + Math.min(shown, hidden)) / 2};
    });

    const update = () => {
      const shares = weights(inputs);
      for (const one of forms) {
        one.score = scored(one, shares, "values");
        one.ends = [scored(one, shares, "low"), scored(one, shares, "high")];
      }
      const ranked = [...forms].sort(before);
      for (const drawing of drawings) draw(drawing, forms, ranked, shares);
      const most = Math.max(...forms.map((one) => (one.excluded ? -1 : one.score)));
      const best = ranked.filter((one) => !one.excluded && one.score > most - TIE);
      const said = sentence(standing.dataset, shares, best);
      shares.forEach((share, group) => {
        outputs[group].textContent = percent.format(share);
        inputs[group].setAttribute("aria-valuetext", percent.format(share));
      });
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
