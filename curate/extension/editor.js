// Runs inside the platform's article page, which documents window.__MP_Editor_JSAPI__ for tools like this one.
// It must stand alone: the browser hands its source over, and nothing around it.
export async function talkToEditor(request) {
  const api = window.__MP_Editor_JSAPI__;
  if (!api) return { problem: "noEditor" };
  const invoke = (apiName, apiParam = {}) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("timeout")), 15000);
      const end = (settle) => (value) => (clearTimeout(timer), settle(value));
      api.invoke({ apiName, apiParam, sucCb: end(resolve), errCb: end(reject) });
    });
  try {
    const state = await invoke("mp_editor_get_isready");
    if (!state.isReady) return { problem: "notReady" };
    const before = (await invoke("mp_editor_get_content")).content ?? "";
    if (request.content === undefined) return { content: before };
    // What was written since the editor was asked about must not be lost.
    if (before !== request.expected) return { problem: "changed", content: before };
    await invoke("mp_editor_set_content", { content: request.content });
    return { content: (await invoke("mp_editor_get_content")).content ?? "" };
  } catch (error) {
    return { problem: "refused", detail: String(error?.errMsg ?? error?.message ?? error).slice(0, 200) };
  }
}
