const players = Array.from(document.querySelectorAll("audio"));
const stays = document.getElementById("same-spot");
let last = null;

for (const player of players) {
  player.addEventListener("play", () => {
    for (const other of players) {
      if (other !== player) other.pause();
    }
    const isSibling = last && last !== player && last.closest("section") === player.closest("section");
    if (stays.checked && isSibling && !last.ended) player.currentTime = last.currentTime;
    last = player;
  });
}

const form = document.getElementById("vote");
if (form) {
  const random = crypto.getRandomValues(new Uint8Array(6));
  const vote = Array.from(random, (value) => ALPHABET[value % 32]).join("");
  const name = document.getElementById("listener");
  const code = document.getElementById("code");
  const copy = document.getElementById("copy");
  const said = document.getElementById("said");

  const show = () => {
    let answered = 0;
    const choices = Array.from(document.querySelectorAll("section"), (section) => {
      const chosen = section.querySelector("input:checked");
      if (chosen) answered += 1;
      return chosen ? chosen.value : "1";
    });
    code.value = answered ? voteCode(form.dataset.page, choices.join(""), vote, name.value) : "";
    copy.disabled = !answered;
    said.textContent = "";
  };

  document.addEventListener("change", show);
  name.addEventListener("input", show);
  code.addEventListener("focus", () => code.select());
  copy.addEventListener("click", async () => {
    code.focus();
    code.select();
    try {
      await navigator.clipboard.writeText(code.value);
      said.textContent = said.dataset.copied;
    } catch {
      said.textContent = document.execCommand("copy") ? said.dataset.copied : said.dataset.failed;
    }
  });
  show();
}
