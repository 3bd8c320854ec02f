// Where unsent answers rest: on the device, or in the page alone where the browser keeps nothing.
const memory = new Map();

function guarded(act, instead) {
  try {
    return act();
  } catch {
    return instead();
  }
}

export function read(key) {
  const stored = guarded(() => localStorage.getItem(key), () => null) ?? memory.get(key) ?? null;
  return stored && JSON.parse(stored);
}

export function write(key, value) {
  const text = JSON.stringify(value);
  guarded(() => localStorage.setItem(key, text), () => memory.set(key, text));
}

export function remove(key) {
  memory.delete(key);
  guarded(() => localStorage.removeItem(key), () => {});
}

export function keys(prefix) {
  const kept = guarded(() => Object.keys(localStorage), () => []);
  return [...new Set([...kept, ...memory.keys()])].filter((key) => key.startsWith(prefix));
}
