// Answers the study at a setting, as schoolsim.publish does in Python: cells from their own runs, the rest from processes.

function numbers(text) {
  return new Float64Array(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
}

// A Gaussian process with a plane below it; see process.py.
class Process {
  constructor(part, inputs, number, dimensions) {
    Object.assign(this, part, { inputs, number, dimensions, weights: numbers(part.weights) });
    this.outputs = part.plane[0].length;
  }

  covariance(place, at) {
    let sum = 0, plane = 1;
    for (let k = 0; k < this.dimensions; k += 1) {
      const step = (place[k] - at[k]) / this.lengths[k];
      sum += step * step;
      plane += (place[k] - 0.5) * (at[k] - 0.5);
    }
    return this.offPlane * plane + this.amplitude * Math.exp(-0.5 * sum);
  }

  kernel(place) {
    const found = new Float64Array(this.number);
    for (let i = 0; i < this.number; i += 1) {
      found[i] = this.covariance(place, this.inputs.subarray(i * this.dimensions, (i + 1) * this.dimensions));
    }
    return found;
  }

  mean(place, output) {
    let plane = this.plane[0][output];
    for (let k = 0; k < this.dimensions; k += 1) plane += place[k] * this.plane[k + 1][output];
    const kernel = this.kernel(place);
    let sum = 0;
    for (let i = 0; i < this.number; i += 1) sum += kernel[i] * this.weights[i * this.outputs + output];
    return plane + this.scale * sum;
  }

  variance(place) {
    return this.leftOf(this.covariance(place, place), this.kernel(place));
  }

  differenceVariance(one, other) {
    const kernel = this.kernel(one), minus = this.kernel(other);
    for (let i = 0; i < this.number; i += 1) kernel[i] -= minus[i];
    const apart = this.covariance(one, one) + this.covariance(other, other) - 2 * this.covariance(one, other);
    return this.leftOf(apart, kernel);
  }

  leftOf(before, kernel) {
    const factor = this.factor(), n = this.number;
    let known = 0;
    for (let i = 0; i < n; i += 1) {
      let sum = kernel[i];
      for (let j = 0; j < i; j += 1) sum -= factor[i * n + j] * kernel[j];
      kernel[i] = sum / factor[i * n + i];
      known += kernel[i] * kernel[i];
    }
    return this.scale * this.scale * Math.max(before - known, 0);
  }

  // The lower Cholesky factor of the covariance of the means, made when it is first wanted.
  factor() {
    if (this.lower) return this.lower;
    const n = this.number, lower = new Float64Array(n * n);
    for (let i = 0; i < n; i += 1) {
      const row = this.kernel(this.inputs.subarray(i * this.dimensions, (i + 1) * this.dimensions));
      for (let j = 0; j <= i; j += 1) {
        let sum = row[j] + (i === j ? this.noise : 0);
        for (let k = 0; k < j; k += 1) sum -= lower[i * n + k] * lower[j * n + k];
        lower[i * n + j] = i === j ? Math.sqrt(sum) : sum / lower[j * n + j];
      }
    }
    this.lower = lower;
    return lower;
  }
}

function quantile(sorted, share) {
  const at = share * (sorted.length - 1), below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

function ordered(values) {
  return values.filter(Number.isFinite).sort((a, b) => a - b);
}

class Cells {
  constructor(study) {
    Object.assign(this, study.cells);
    this.study = study;
    this.all = numbers(study.cells.values);
    this.place = new Map(this.settings.map((setting, place) => [setting.join(), place]));
  }

  fault(setting) {
    return this.place.has(setting.join()) ? "" : "together";
  }

  runsOf(quantity, setting) {
    const most = this.study.replications;
    const start = (this.place.get(setting.join()) * this.study.quantities.length + quantity) * most;
    return Array.from(this.all.subarray(start, start + most));
  }

  interval(runs) {
    const found = runs.filter(Number.isFinite), n = found.length;
    const mean = found.reduce((sum, value) => sum + value, 0) / n;
    if (n < 2) return { mean, low: NaN, high: NaN };
    const squares = found.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
    const half = this.study.t[n] * Math.sqrt(squares / (n - 1)) / Math.sqrt(n);
    return { mean, low: mean - half, high: mean + half };
  }

  mean(quantity, setting) {
    return this.interval(this.runsOf(quantity, setting)).mean;
  }

  level(quantity, setting) {
    return this.interval(this.runsOf(quantity, setting));
  }

  difference(quantity, setting, other) {
    return this.weighted([[quantity, 1]], setting, other);
  }

  // A sum of quantities, each times a number: by how much it is more than at another setting, paired by seed.
  weighted(terms, setting, other) {
    const sum = new Array(this.study.replications).fill(0);
    for (const [quantity, weight] of terms) {
      const one = this.runsOf(quantity, setting), two = this.runsOf(quantity, other);
      for (let r = 0; r < sum.length; r += 1) sum[r] += weight * (one[r] - two[r]);
    }
    return this.interval(sum);
  }

  spread(quantity, setting) {
    const runs = ordered(this.runsOf(quantity, setting));
    return [quantile(runs, 0.05), quantile(runs, 0.95)];
  }
}

class Emulation {
  constructor(study) {
    Object.assign(this, study.emulator);
    this.study = study;
    const inputs = numbers(this.inputs), make = (part) => part && new Process(part, inputs, this.number, this.dimensions);
    this.parts = this.parts.map((part) => ({ ...part, levels: make(part.levels), effects: make(part.effects) }));
    this.support = numbers(this.support);
    this.ranges = study.controls.filter((control) => control.isRange).length;
    this.known = new Set(this.together.map((places) => places.join()));
  }

  fault(setting) {
    const places = [], choices = [];
    this.study.controls.forEach((control, i) => {
      if (control.isRange) places.push((setting[i] - control.low) / (control.high - control.low));
      else choices.push(setting[i]);
    });
    if (!places.every((place) => place >= -1e-9 && place <= 1 + 1e-9)) return "range";
    if (!this.known.has(choices.join())) return "together";
    let nearest = Infinity;
    for (let start = 0; start < this.support.length; start += this.ranges) {
      let sum = 0;
      for (let k = 0; k < this.ranges; k += 1) sum += (this.support[start + k] - places[k]) ** 2;
      nearest = Math.min(nearest, sum);
    }
    return Math.sqrt(nearest) <= this.radius ? "" : "far";
  }

  // The policy and the place that the processes know a setting by.
  at(setting) {
    const levers = [], place = [];
    this.study.controls.forEach((control, i) => {
      if (this.policies && control.role === "policy") levers.push(setting[i]);
      else if (control.isRange) place.push((setting[i] - control.low) / (control.high - control.low));
      else if (control.levels.length === 2) place.push(setting[i]);
      else control.levels.forEach((_, level) => place.push(level === setting[i] ? Math.sqrt(0.5) : 0));
    });
    const policy = this.policies ? this.policies.findIndex((row) => row.join() === levers.join()) : 0;
    return { policy, place };
  }

  mean(quantity, setting) {
    const part = this.parts[quantity], { policy, place } = this.at(setting);
    return part.levels.mean(place, 0) + (policy ? part.effects.mean(place, policy - 1) : 0);
  }

  level(quantity, setting) {
    const part = this.parts[quantity], { policy, place } = this.at(setting);
    const variance = part.widened[0] ** 2 * part.levels.variance(place) + this.effectVariance(part, policy, place);
    return this.normal(this.mean(quantity, setting), variance);
  }

  effectVariance(part, policy, place) {
    return policy ? part.widened[1] ** 2 * part.effects.variance(place) : 0;
  }

  difference(quantity, setting, other) {
    return this.weighted([[quantity, 1]], setting, other);
  }

  // Errors of the quantities are taken to be independent.
  weighted(terms, setting, other) {
    const one = this.at(setting), two = this.at(other);
    let mean = 0, variance = 0;
    for (const [quantity, weight] of terms) {
      const found = this.apart(this.parts[quantity], one, two);
      mean += weight * found.mean;
      variance += weight * weight * found.variance;
    }
    return this.normal(mean, variance);
  }

  apart(part, one, two) {
    if (!part.effects) {
      const mean = part.levels.mean(one.place, 0) - part.levels.mean(two.place, 0);
      return { mean, variance: part.widened[0] ** 2 * part.levels.differenceVariance(one.place, two.place) };
    }
    if (one.policy === two.policy) return { mean: 0, variance: 0 };
    const effect = ({ policy, place }) => (policy ? part.effects.mean(place, policy - 1) : 0);
    const variance = this.effectVariance(part, one.policy, one.place) + this.effectVariance(part, two.policy, two.place);
    return { mean: effect(one) - effect(two), variance };
  }

  normal(mean, variance) {
    const half = this.study.normal * Math.sqrt(variance);
    return { mean, low: mean - half, high: mean + half };
  }

  spread(quantity, setting) {
    const seeds = this.parts[quantity].seeds;
    if (seeds === null) return [NaN, NaN];
    const mean = this.mean(quantity, setting), half = this.study.nineOfTen * seeds;
    return [mean - half, mean + half];
  }
}
