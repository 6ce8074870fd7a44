/*
 * Says so on the page when a passkey did not work: cancelled, too late, or not known to this phone.
 *
 * allauth's script tells nobody but the console. Without this script nothing happens on the page.
 */
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const problem = document.getElementById("key-problem");
  if (problem) problem.hidden = false;
});
