"""Attending: the one script of the app: it reads changes out, keeps to where one is at work, and names lists.

It notices a lost server that is found again as well.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import streamlit as st

from funding_model.ui import state

AGAIN: Final = "look-again"
"""The key of a button that nobody sees: it draws the page anew."""
_SCRIPT: Final = """<script>/*%(times)d*/(() => {
  let area = document.getElementById("fm-live");
  if (!area) {
    area = document.createElement("div");
    area.id = "fm-live";
    area.setAttribute("role", "status");
    area.setAttribute("aria-live", "polite");
    area.style.cssText = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%%)";
    document.body.append(area);
  }
  const words = %(words)s;
  if (words) setTimeout(() => { area.textContent = words; }, 100);
  document.querySelectorAll(".fm-saved").forEach(each => { each.textContent = %(saved)s; });
  document.querySelectorAll(".fm-stepped").forEach(each => { each.textContent = %(stepped)s; });

  const app = document.querySelector('[data-testid="stApp"]');
  if (!app || app.fmAttended) return;
  app.fmAttended = true;
  const state = "data-test-connection-state";
  const again = () => {
    if (app.getAttribute(state) !== "CONNECTED") return;
    const button = document.querySelector(".st-key-%(again)s button");
    if (button && !button.disabled) button.click(); else setTimeout(again, 200);
  };
  // Streamlit puts the parts of the side panel into one list in a way that no screen reader expects: each is its own.
  const PANEL = '[data-testid="stSidebarNavItems"]';
  const parts = () => document.querySelector(`${PANEL}:not([role]), ${PANEL} > :not([role])`)
    && document.querySelectorAll(PANEL).forEach((panel) => {
    panel.setAttribute("role", "none");
    for (const part of panel.children) {
      const heading = part.querySelector('[data-testid="stNavSectionHeader"] [data-testid="stMarkdownContainer"]');
      part.setAttribute("role", heading ? "list" : "none");
      if (heading) part.setAttribute("aria-label", heading.textContent.trim());
    }
  });
  // A part that moves down the page is drawn anew, and with it goes the place where a person is at work.
  const KEYED = '[class*="st-key-"]';
  const running = "data-test-script-state";
  const key = (box) => [...box.classList].find((each) => each.startsWith("st-key-"));
  let at = null;
  document.addEventListener("focusin", ({ target }) => {
    const box = target.closest(KEYED);
    if (!box) { at = null; return; }
    const boxes = [...document.querySelectorAll(KEYED)];
    const before = boxes.slice(0, boxes.indexOf(box)).filter((each) => !each.contains(box)).slice(-9);
    at = { target, key: key(box), before: before.map(key).reverse() };
  });
  document.addEventListener("focusout", ({ target }) => setTimeout(() => {
    if (at && at.target === target && target.isConnected && !target.disabled
      && document.activeElement === document.body) at = null;
  }));
  const follow = () => {
    if (!at || (at.target.isConnected && !at.target.disabled) || document.activeElement !== document.body) return;
    const within = (name, what) => document.querySelector(`.${CSS.escape(name)} :is(${what}):not(:disabled)`);
    const { tagName } = at.target;
    let found = within(at.key, `${tagName}:checked`) || within(at.key, tagName);
    // Where it is gone, or of no use now, what stood before it is nearest.
    if (!found && app.getAttribute(running) === "notRunning") {
      for (const name of at.before) found = found || within(name, "input, textarea") || within(name, "button");
      found = found || document.querySelector("h1.fm");
      if (found && found.tagName === "H1") found.tabIndex = -1;
    }
    if (found) found.focus({ preventScroll: true });
  };
  new MutationObserver(() => { parts(); follow(); }).observe(document.body, { childList: true, subtree: true });
  parts();
  new MutationObserver(() => { if (app.getAttribute(state) === "CONNECTED") again(); })
    .observe(app, { attributes: true, attributeFilter: [state] });
  new MutationObserver(follow).observe(app, { attributes: true, attributeFilter: [running] });
})();</script>"""

_FOCUS: Final = """<script>(() => {
  // The choice may be drawn after this runs: wait until it shows what is chosen.
  let left = 40;
  const go = () => {
    const found = document.querySelector(".st-key-%s input:checked");
    if (found?.closest("label")?.textContent.trim() !== %s && left-- > 0) return setTimeout(go, 50);
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
    found?.focus();
  };
  setTimeout(go, 100);
})();</script>"""


def attend(said: str, times: int) -> None:
    """Put words where a screen reader reads them out, and draw the page anew once a lost server is found again.

    Streamlit itself announces no change. And when a server was started anew, it shows the old page until something is
    typed into it, and takes what was typed for nothing.

    Args:
        said: What was done; empty for nothing yet.
        times: Counts what was said, so that the same words are read out again.
    """
    with st.container(key="attending"):
        st.button("Draw the page anew", key=AGAIN)
        st.html(announcement(said, times), unsafe_allow_javascript=True)


def announcement(said: str, times: int) -> str:
    """Return the script, with words to be read out and when the work was saved."""
    words = {"words": said, "saved": saved_words(), "stepped": state.current().stepped}
    texts = {name: json.dumps(text).replace("<", "\\u003c").replace(">", "\\u003e") for name, text in words.items()}
    return _SCRIPT % {"times": times, "again": AGAIN, **texts}


def focus_on_choice(key: str, chosen: str) -> str:
    """Return the script that goes to what is chosen under a key, at the top of the page.

    A link to another part of the same page leaves the reader at its foot, on a link that is no longer there.

    Args:
        key: The key of the choice.
        chosen: What is chosen: a script that is the same as the last one is not run again.
    """
    return _FOCUS % (key, json.dumps(chosen))


def saved_words() -> str:
    """Say when the scenario that is open was last saved, in the visitor's own time."""
    workspace = state.current()
    if workspace.unsaved:
        return "Not saved yet."
    if not workspace.is_kept:
        return "An example, to look at; it is kept for you as soon as you change it."
    moment = datetime.fromisoformat(workspace.saved_at)
    zone = st.context.timezone
    local = moment.astimezone(ZoneInfo(zone)) if zone else moment.astimezone()
    return f"Saved at {local:%H:%M}."
