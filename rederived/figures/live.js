// Live figures. A page holds their specification as JSON (rederived/figures/live.py); this script computes the curves
// from the printed evaluators, draws them with uPlot, and takes the place of the static picture.
// What fails leaves the static picture where it is.
(() => {
  "use strict";

  // The sources run as one script element: that works from a file, and under a policy that forbids eval.
  function compile(sources) {
    const parts = Object.entries(sources).map(([name, code]) => `${name}: (() => {${code}\nreturn ${name};})()`);
    const code = `globalThis.liveFigures.compiled = {${parts.join(",")}};`;
    if (typeof document === "undefined") (0, eval)(code);
    else {
      const script = document.createElement("script");
      script.textContent = code;
      document.head.append(script);
      script.remove();
    }
    return globalThis.liveFigures.compiled;
  }

  function grid({ min, max, n, log }) {
    return Array.from({ length: n }, (_, i) => {
      const part = i / (n - 1);
      return i === n - 1 ? max : log ? min * (max / min) ** part : min + (max - min) * part;
    });
  }

  // What a solver recorded (rederived/figures/film.py): whole numbers, a frame for each position of the slider.
  function frame({ x, film }, { time }) {
    const [low, unit] = film.unit;
    return [grid(x), ...film.frames.map((frames) => frames[time].map((level) => low + unit * level))];
  }

  function compute(spec, functions, settings) {
    if (spec.film) return frame(spec, settings);
    const values = { ...settings };
    const call = ({ f, args }) => functions[f](...args.map((a) => (typeof a === "string" ? values[a] : a)));
    for (const derived of spec.derived) values[derived.name] = call(derived);
    const xs = grid(spec.x);
    const ys = spec.curves.map((curve) => xs.map((x) => {
      values[spec.x.name] = x;
      const y = curve.scale * call(curve);
      return curve.abs ? Math.abs(y) : y;
    }));
    if (!spec.x.along) return [xs, ...ys];
    return [xs.map((x) => (values[spec.x.name] = x, call(spec.x.along))), ...ys];
  }

  const node = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const marked = (tag, attributes, label) => {
    const made = node(tag, attributes);
    made.innerHTML = label;
    return made;
  };

  const raised = (power) => String(power).replace(/./g, (c) => ("⁻⁰¹²³⁴⁵⁶⁷⁸⁹")["-0123456789".indexOf(c)]);
  function written(value, digits = 4) {
    if (value == null) return "–";
    const [mantissa, power] = value.toExponential(digits - 1).split("e").map(Number);
    if (power > -4 && power < 6) return String(Number(value.toPrecision(digits))).replace("-", "−");
    return `${mantissa} × 10${raised(power)}`.replace("-", "−");
  }
  const tick = (value, log) => {
    if (value == null) return "";
    const power = Math.log10(Math.abs(value));
    return log && Math.abs(power) > 3 && Number.isInteger(Math.round(power * 1e9) / 1e9)
      ? `10${raised(Math.round(power))}` : written(value, 6);
  };

  // Powers of ten, at most eight of them; below a decade and a half, one, two and five times these.
  function decades(_, __, low, high) {
    const first = Math.floor(Math.log10(low)), last = Math.ceil(Math.log10(high));
    const wide = Math.log10(high / low) > 1.5, stride = Math.ceil((last - first) / 8);
    const found = [];
    for (let power = Math.ceil(first / stride) * stride; power <= last; power += stride)
      for (const digit of wide ? [1] : [1, 2, 5]) found.push(Number(`${digit}e${power}`));
    return found.filter((v) => v >= low * (1 - 1e-9) && v <= high * (1 + 1e-9));
  }

  function sample({ label, color, dash }) {
    const line = `<line x2="30" y1="4" y2="4" stroke="${color}" stroke-width="2" stroke-dasharray="${dash}"/>`;
    return marked("span", {}, `<svg width="30" height="8" aria-hidden="true">${line}</svg> ${label}`);
  }

  // Plays a film in a loop: only while it is in sight, and not by itself where the reader wants less motion.
  function player(slider) {
    const button = node("button", { type: "button", class: "live-reset" });
    let playing, inSight = true;
    const turn = (on) => {
      clearInterval(playing);
      playing = on && setInterval(() => {
        if (!inSight || document.hidden) return;
        slider.value = slider.value === slider.max ? slider.min : Number(slider.value) + 1;
        slider.dispatchEvent(new Event("input"));
      }, 90);
      button.textContent = on ? "Pause" : "Play";
    };
    button.addEventListener("click", () => turn(!playing));
    slider.addEventListener("pointerdown", () => turn(false));
    slider.addEventListener("keydown", () => turn(false));
    new IntersectionObserver(([entry]) => { inSight = entry.isIntersecting; }).observe(slider);
    turn(!matchMedia("(prefers-reduced-motion: reduce)").matches);
    return button;
  }

  function build(element) {
    const spec = JSON.parse(element.querySelector("script").textContent);
    const functions = compile(spec.functions);
    const figure = element.closest("figure");
    const settings = {}, path = spec.x.along, film = spec.film;
    const clock = (setting) => (film ? film.time[0] + film.time[1] * setting : setting);
    const drawing = node("div", { class: "live-plot" });
    const controls = node("div", { class: "live-sliders" });
    const legend = node("div", { class: "live-legend uplot" });
    let plot, waiting;

    const color = (css) => {
      drawing.style.color = css;
      const found = getComputedStyle(drawing).color;
      drawing.style.color = "";
      return found;
    };

    function data() {
      element.liveData = compute(spec, functions, settings);
      const shown = (y) => (Number.isFinite(y) && (y > 0 || !spec.y.log) ? y : null);
      const [xs, ...ys] = element.liveData;
      return [path ? grid({ min: path.range[0], max: path.range[1], n: xs.length }) : xs, ...ys.map((y) => y.map(shown))];
    }

    // A path in the plane: uPlot knows only the axes, the points come from the abscissa.
    function drawn(u, series) {
      const [xs, ys] = [element.liveData[0], element.liveData[series]], line = new Path2D();
      xs.forEach((x, i) => line[i ? "lineTo" : "moveTo"](u.valToPos(x, "x", true), u.valToPos(ys[i], "y", true)));
      return { stroke: line, fill: null, clip: null, band: null, gaps: null, flags: 1 };
    }

    function markPoints(u) {
      u.ctx.fillStyle = color("currentColor");
      for (const [x, y] of path.marks) {
        u.ctx.beginPath();
        u.ctx.arc(u.valToPos(x, "x", true), u.valToPos(y, "y", true), 4 * devicePixelRatio, 0, 2 * Math.PI);
        u.ctx.fill();
      }
    }

    function show() {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => plot.setData(data()));
    }

    function setup() {
      const ink = color("currentColor"), faint = color("var(--figure-grid, #b8b8b8)");
      const font = "13px " + getComputedStyle(element).fontFamily;
      const axis = (log) => ({
        stroke: ink, font, grid: { stroke: faint, width: 0.5 }, ticks: { stroke: faint, width: 1 },
        values: (_, splits) => splits.map((v) => tick(v, log)), ...(log && { splits: decades, filter: (_, v) => v }),
      });
      const size = drawing.clientWidth || 600;
      plot?.destroy();
      plot = new uPlot({
        pxAlign: false,
        width: size, height: Math.round(Math.min(380, Math.max(260, size * 0.62))),
        scales: {
          x: { time: false, distr: spec.x.log ? 3 : 1, range: path?.range ?? [spec.x.min, spec.x.max] },
          y: { distr: spec.y.log ? 3 : 1, ...(spec.y.range && { range: spec.y.range }) },
        },
        axes: [axis(spec.x.log), { ...axis(spec.y.log), size: 62 }],
        ...(path && { hooks: { draw: [markPoints] } }),
        legend: { live: !path, markers: { show: false }, mount: (_, table) => legend.replaceChildren(table) },
        cursor: { show: !path, drag: { x: false, y: false }, points: { size: 7 } },
        series: [
          { label: marked("span", {}, spec.x.symbol), value: (_, v) => written(v) },
          ...spec.curves.map((curve) => ({
            label: sample(curve), stroke: color(curve.color), dash: curve.dash, width: 2, pxAlign: 0,
            value: (_, v) => written(v), points: { show: false }, ...(path && { paths: drawn }),
          })),
        ],
      }, data(), drawing);
      const canvas = drawing.querySelector("canvas");
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", figure.querySelector(".figure-static svg")?.getAttribute("aria-label") ?? "");
    }

    const resets = spec.sliders.map((slider, i) => {
      const id = `${figure.id}-${slider.name}`;
      const value = node("output", { for: id, ...(film && { "aria-live": "off" }) });
      const scale = slider.log ? Math.log10 : (v) => v;
      const input = node("input", {
        id, type: "range", min: scale(slider.min), max: scale(slider.max), step: slider.step,
      });
      const read = () => {
        settings[slider.name] = slider.log ? 10 ** Number(input.value) : Number(input.value);
        value.textContent = written(clock(settings[slider.name]), 3);
        input.setAttribute("aria-valuetext", value.textContent);
      };
      const reset = () => {
        input.value = scale(slider.start);
        read();
        settings[slider.name] = slider.start;
      };
      input.addEventListener("input", () => { read(); show(); });
      controls.append(marked("label", { for: id }, slider.label), input, value);
      reset();
      return reset;
    });
    const again = node("button", { type: "button", class: "live-reset" }, "Reset");
    again.addEventListener("click", () => { resets.forEach((reset) => reset()); show(); });
    if (resets.length) controls.append(film ? player(controls.querySelector("input")) : again);

    element.append(
      marked("div", { class: "live-label" }, spec.y.label), drawing,
      marked("div", { class: "live-label live-label-x" }, (path ?? spec.x).label), legend, controls,
    );
    element.hidden = false;
    try {
      setup();
    } catch (error) {
      element.hidden = true;
      throw error;
    }
    figure.classList.add("is-live");
    let width = drawing.clientWidth;
    new ResizeObserver(() => {
      if (drawing.clientWidth && drawing.clientWidth !== width) {
        width = drawing.clientWidth;
        setup();
      }
    }).observe(drawing);
    new MutationObserver(setup).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }

  globalThis.liveFigures = { build, compile, compute };

  function start() {
    if (typeof uPlot === "undefined") return;
    for (const element of document.querySelectorAll(".live-figure[hidden]")) {
      try {
        build(element);
      } catch (error) {
        console.error("A live figure stays static:", error);
      }
    }
  }
  if (typeof document === "undefined") return;
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
