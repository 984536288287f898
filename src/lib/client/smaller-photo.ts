// A chosen photograph drawn anew at a size that travels: phones make 8 MB, a hall's Wi-Fi carries less. Called when a file is chosen.
// Where the browser cannot do it the file stays as it is; the server takes out what is not the picture either way.

const longestSide = 1600;

export function smallerPhoto(input: HTMLInputElement): void {
  const file = input.files?.[0];
  if (!file || typeof DataTransfer === 'undefined') return;
  const address = URL.createObjectURL(file);
  const image = new Image();
  image.onload = () => {
    URL.revokeObjectURL(address);
    const scale = Math.min(1, longestSide / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(
      (blob) => {
        if (!blob || input.files?.[0] !== file) return;
        try {
          const chosen = new DataTransfer();
          chosen.items.add(new File([blob], 'photo.jpg', { type: 'image/jpeg' }));
          input.files = chosen.files;
        } catch {
          // Safari before 14.1 makes no DataTransfer of its own: the file goes as it is.
        }
      },
      'image/jpeg',
      0.85,
    );
  };
  image.onerror = () => URL.revokeObjectURL(address);
  image.src = address;
}
