// A short bell from the device's own sound, where it has one and lets a page use it. Nothing depends on it: the time is on every screen.

type AudioMaker = new () => AudioContext;

export function ringBell(): void {
  const Maker =
    (window as { AudioContext?: AudioMaker }).AudioContext ??
    (window as unknown as { webkitAudioContext?: AudioMaker }).webkitAudioContext;
  if (!Maker) return;
  try {
    const audio = new Maker();
    for (const [index, pitch] of [880, 660, 880].entries()) {
      const tone = audio.createOscillator();
      const loudness = audio.createGain();
      const at = audio.currentTime + index * 0.6;
      tone.frequency.value = pitch;
      loudness.gain.setValueAtTime(0.25, at);
      loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.55);
      tone.connect(loudness).connect(audio.destination);
      tone.start(at);
      tone.stop(at + 0.6);
    }
    setTimeout(() => void audio.close(), 2_500);
  } catch {
    // No sound here.
  }
}
