// A stop is heard, too: three low tones, as soon as the browser lets this page sound; the scan field stays as it is.
const loud = document.querySelector("[data-loud]");
const Sound = window.AudioContext;
const TONES = [0, 0.28, 0.56];

function sound() {
  const room = new Sound();
  const play = () => {
    for (const start of TONES) {
      const tone = room.createOscillator();
      const level = room.createGain();
      tone.type = "square";
      tone.frequency.value = 220;
      level.gain.value = 0.2;
      tone.connect(level).connect(room.destination);
      tone.start(room.currentTime + start);
      tone.stop(room.currentTime + start + 0.2);
    }
  };
  if (room.state === "running") play();
  else room.resume().then(play, () => {});
}

if (loud && Sound) sound();
