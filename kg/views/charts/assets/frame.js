// A page within the page speaks the language of the page around it.
"use strict";
(() => {
  const frame = document.querySelector("iframe.frame");
  const plain = frame.getAttribute("src");
  const follow = () => {
    const wanted = kg.language() === "en" ? `${plain}?lang=en` : plain;
    if (frame.getAttribute("src") !== wanted) frame.setAttribute("src", wanted);
  };
  document.addEventListener("kg-language", follow);
  follow();
})();
