/** A microphone's samples as they are, without what browsers do to make calls sound better; written as a WAV. */

/** Runs in the browser's own thread for sound: hands on what it hears, some ten milliseconds at a time. */
const TAP = `registerProcessor("guiju-tap", class extends AudioWorkletProcessor {
  constructor() { super(); this.kept = new Float32Array(2048); this.count = 0; }
  process([[heard]]) {
    if (!heard) return true;
    if (this.count + heard.length > this.kept.length) {
      this.port.postMessage(this.kept.slice(0, this.count));
      this.count = 0;
    }
    this.kept.set(heard, this.count);
    this.count += heard.length;
    return true;
  }
});`;

/** Why no recording can begin. */
export type Hindrance = "insecure" | "refused" | "none" | "busy" | "failed";

export class Hindered extends Error {
  constructor(readonly why: Hindrance) {
    super(why);
  }
}

export class Recorder {
  private readonly parts: Float32Array[] = [];
  private count = 0;

  private constructor(
    private readonly stream: MediaStream,
    private readonly context: AudioContext,
    private readonly heard: (seconds: number, loudest: number) => void,
  ) {}

  /** Begins to record; `heard` is told again and again how long it is, and how loud it was just now in [0, 1]. */
  static async begin(heard: (seconds: number, loudest: number) => void): Promise<Recorder> {
    const stream = await openMicrophone();
    const context = new AudioContext();
    const recorder = new Recorder(stream, context, heard);
    try {
      await recorder.connect();
    } catch {
      recorder.release();
      throw new Hindered("failed");
    }
    return recorder;
  }

  private async connect(): Promise<void> {
    const url = URL.createObjectURL(new Blob([TAP], { type: "text/javascript" }));
    await this.context.audioWorklet.addModule(url).finally(() => URL.revokeObjectURL(url));
    await this.context.resume();
    const tap = new AudioWorkletNode(this.context, "guiju-tap", { numberOfOutputs: 0, channelCount: 1 });
    tap.port.onmessage = ({ data }: MessageEvent<Float32Array>) => this.take(data);
    this.context.createMediaStreamSource(this.stream).connect(tap);
  }

  private take(samples: Float32Array): void {
    this.parts.push(samples);
    this.count += samples.length;
    let loudest = 0;
    for (const value of samples) loudest = Math.max(loudest, Math.abs(value));
    this.heard(this.count / this.context.sampleRate, loudest);
  }

  /** The recording so far, as a file; the microphone is let go. */
  end(): Blob {
    const rate = this.context.sampleRate;
    this.release();
    return wav(this.parts, this.count, rate);
  }

  release(): void {
    for (const track of this.stream.getTracks()) track.stop();
    void this.context.close().catch(() => {});
  }
}

async function openMicrophone(): Promise<MediaStream> {
  // A page that did not come over HTTPS (or from this computer) is shown no microphone at all.
  if (!navigator.mediaDevices?.getUserMedia) throw new Hindered(window.isSecureContext ? "none" : "insecure");
  const audio = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  return navigator.mediaDevices.getUserMedia({ audio }).catch((error: unknown) => {
    throw new Hindered(HINDRANCES[error instanceof DOMException ? error.name : ""] ?? "failed");
  });
}

const HINDRANCES: Readonly<Record<string, Hindrance>> = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "none",
  OverconstrainedError: "none",
  NotReadableError: "busy",
  AbortError: "busy",
};

/** 16-bit samples of one channel. */
export function wav(parts: readonly Float32Array[], count: number, rate: number): Blob {
  const bytes = new DataView(new ArrayBuffer(44 + 2 * count));
  const text = (at: number, said: string) => {
    for (const [n, one] of [...said].entries()) bytes.setUint8(at + n, one.charCodeAt(0));
  };
  text(0, "RIFF");
  bytes.setUint32(4, 36 + 2 * count, true);
  text(8, "WAVEfmt ");
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, rate, true);
  bytes.setUint32(28, 2 * rate, true);
  bytes.setUint16(32, 2, true);
  bytes.setUint16(34, 16, true);
  text(36, "data");
  bytes.setUint32(40, 2 * count, true);
  let at = 44;
  for (const part of parts) {
    for (const value of part) {
      bytes.setInt16(at, Math.round(Math.max(-1, Math.min(1, value)) * 32767), true);
      at += 2;
    }
  }
  return new Blob([bytes.buffer], { type: "audio/wav" });
}
