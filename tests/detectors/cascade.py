"""Prints where OpenCV's frontal cascade sees faces in pictures: a line a picture, `x,y,width,height` a face."""

import sys

import cv2

cascade = cv2.CascadeClassifier(cv2.data.haarcascades + "haarcascade_frontalface_default.xml")
if cascade.empty():
    sys.exit("this OpenCV has no frontal face cascade; opencv-python-headless below 5 has it")
for path in sys.argv[1:]:
    picture = cv2.imread(path, cv2.IMREAD_GRAYSCALE)
    if picture is None:
        sys.exit(f"{path}: OpenCV cannot read this picture")
    faces = cascade.detectMultiScale(picture, scaleFactor=1.05, minNeighbors=3, minSize=(60, 60))
    print(" ".join(",".join(str(value) for value in face) for face in faces))
