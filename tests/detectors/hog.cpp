// Prints where dlib's frontal face detector (HOG) sees faces in pictures: a line a picture, `x,y,width,height` a face.
//
// Pictures are binary PPM, as the test writes them. Built by: c++ -O2 -std=c++17 hog.cpp -ldlib

#include <cctype>
#include <fstream>
#include <iostream>

#include <dlib/image_processing/frontal_face_detector.h>

namespace {

bool read(const char* path, dlib::array2d<dlib::rgb_pixel>& picture) {
  std::ifstream file(path, std::ios::binary);
  std::string magic;
  long width = 0, height = 0, most = 0;
  if (!(file >> magic >> width >> height >> most) || magic != "P6" || most != 255) return false;
  file.get();
  picture.set_size(height, width);
  return bool(file.read(reinterpret_cast<char*>(&picture[0][0]), 3 * width * height));
}

}  // namespace

int main(int count, char** paths) {
  auto detector = dlib::get_frontal_face_detector();
  dlib::array2d<dlib::rgb_pixel> picture;
  for (int number = 1; number < count; ++number) {
    if (!read(paths[number], picture)) {
      std::cerr << paths[number] << ": not a binary PPM of 8 bits\n";
      return 1;
    }
    const char* between = "";
    for (const auto& face : detector(picture)) {
      std::cout << between << face.left() << ',' << face.top() << ',' << face.width() << ',' << face.height();
      between = " ";
    }
    std::cout << '\n';
  }
}
