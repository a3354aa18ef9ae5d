"use strict";
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

function checkOf(body) {
  let sum = 0;
  for (const character of body) {
    sum = (sum * 31 + character.charCodeAt(0)) % 1021;
  }
  return ALPHABET[Math.floor(sum / 32)] + ALPHABET[sum % 32];
}

function voteCode(page, choices, vote, name) {
  const body = page + "-" + choices + "-" + vote;
  const plain = name.replace(/[\[\]\s]+/g, " ").trim();
  return "MIMO-" + body + "-" + checkOf(body) + (plain ? " [" + plain + "]" : "");
}
